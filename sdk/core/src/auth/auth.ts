/** Signing in and out, and who one is. */
import { isUnauthenticated } from "../ground/answers.js";
import type { Call, Calls } from "../ground/ground.js";
import type { Transport } from "../ground/transport.js";
import type { Auth } from "../sdk.js";
import type { SessionAnswer, SessionDetails } from "../wire/index.js";
import { type Keeper, keptOf } from "./keeper.js";
import { post, type Tokens } from "./tokens.js";

/** Calls as somebody: refused once, they are made again once, with another token. */
export function makeCalls(transport: Transport, tokens: Tokens): Calls {
  return {
    async send<Answer>(call: Call): Promise<Answer> {
      if (call.as !== "consumer") {
        return transport<Answer>(call);
      }
      const bearer = await tokens.fresh();
      try {
        return await transport<Answer>(call, { bearer });
      } catch (error) {
        if (!isUnauthenticated(error)) {
          throw error;
        }
        return transport<Answer>(call, { bearer: (await tokens.instead(bearer)).accessToken });
      }
    },
  };
}

export interface Sessions {
  readonly auth: Auth;
  /** Somebody's session with a good token, a guest's if need be. */
  ensure(): Promise<SessionDetails>;
}

export function makeSessions(
  calls: Calls,
  transport: Transport,
  tokens: Tokens,
  keeper: Keeper,
): Sessions {
  /** A guest's token goes along, so that the guest becomes this consumer. */
  async function signIn(what: string, body: object): Promise<SessionDetails> {
    const call = post(what, body);
    const guest = keeper.read();
    const answer = await calls
      .send<SessionAnswer>({ ...call, as: guest ? "consumer" : "key" })
      .catch((error: unknown) => {
        if (guest && isUnauthenticated(error) && !keeper.read()) {
          return calls.send<SessionAnswer>(call);
        }
        throw error;
      });
    keeper.write(keptOf(answer));
    return answer.session;
  }

  async function logout(): Promise<void> {
    const kept = keeper.read();
    if (!kept) {
      return;
    }
    keeper.write(null);
    try {
      const last = kept.accessUntil > Date.now() ? kept : await tokens.after(kept);
      const call = {
        ...post("logout", { refreshToken: last.refreshToken }),
        as: "consumer",
      } as const;
      await transport(call, { bearer: last.accessToken });
    } catch (error) {
      if (!isUnauthenticated(error)) {
        throw error;
      }
    }
  }

  const begin = async () => (await tokens.begin()).session;
  const auth: Auth = {
    session$: keeper.session$,
    getSession: keeper.session$.get,
    guest: begin,
    async requestOtp(contact) {
      await calls.send(post("otp/request", contact));
    },
    verifyOtp: (given) => signIn("otp/verify", given),
    exchangeExternal: (exchangeCode) => signIn("external/exchange", { exchangeCode }),
    refresh: async () => (await tokens.instead(keeper.read()?.accessToken ?? "")).session,
    logout,
  };

  return {
    auth,
    async ensure() {
      if (keeper.read()) {
        await tokens.fresh().catch((error: unknown) => {
          if (!isUnauthenticated(error)) {
            throw error;
          }
        });
      }
      return keeper.read()?.session ?? begin();
    },
  };
}
