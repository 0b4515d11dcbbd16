/** What a component asks for once in a while. */
import type { FanfareError } from "@fanfare/sdk-core";
import { atom } from "nanostores";
import { useCallback, useState } from "react";
import { useReadable } from "./use-readable.js";

export interface Task {
  readonly isLoading: boolean;
  readonly error: FanfareError | null;
}

const IDLE: Task = { isLoading: false, error: null };

/** `run` never rejects: it answers null where `work` failed, and `task.error` says why. */
export function useTask() {
  // A store, for a component that is gone by then must not be told.
  const [task$] = useState(() => atom(IDLE));
  const run = useCallback(
    async <Answer>(work: () => Promise<Answer>): Promise<Answer | null> => {
      task$.set({ isLoading: true, error: null });
      try {
        const answer = await work();
        task$.set(IDLE);
        return answer;
      } catch (error) {
        task$.set({ isLoading: false, error: error as FanfareError });
        return null;
      }
    },
    [task$],
  );
  return { task: useReadable(task$, IDLE), run };
}
