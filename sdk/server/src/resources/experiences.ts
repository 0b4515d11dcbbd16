import type { Call, CallOptions } from "../http/http.js";
import { List } from "../http/list.js";
import type { QueryOf } from "../wire/calls.js";
import type {
  Experience,
  ExperienceChanges,
  ExperienceCopy,
  Metrics,
  NewExperience,
  PublishedExperience,
} from "../wire/index.js";

const ALL = "/admin/api/v1/experiences";
const ONE = "/admin/api/v1/experiences/{experience_id}";

/** Launches, from draft to end. */
export class Experiences {
  readonly #call: Call;

  constructor(call: Call) {
    this.#call = call;
  }

  create(experience: NewExperience, options?: CallOptions): Promise<Experience> {
    return this.#call("POST", ALL, { body: experience }, options);
  }

  list(query: QueryOf<"GET", typeof ALL> = {}, options?: CallOptions): List<Experience> {
    return new List((more) => this.#call("GET", ALL, { query: { ...query, ...more } }, options));
  }

  get(id: string, options?: CallOptions): Promise<Experience> {
    return this.#call("GET", ONE, named(id), options);
  }

  update(id: string, changes: ExperienceChanges, options?: CallOptions): Promise<Experience> {
    return this.#call("PATCH", ONE, { ...named(id), body: changes }, options);
  }

  archive(id: string, options?: CallOptions): Promise<undefined> {
    return this.#call("DELETE", ONE, named(id), options);
  }

  /** Copies it with everything in it as a draft, `shiftDays` later if you like. */
  duplicate(id: string, copy: ExperienceCopy = {}, options?: CallOptions): Promise<Experience> {
    return this.#call("POST", `${ONE}/duplicate`, { ...named(id), body: copy }, options);
  }

  /** Shows it to customers, with `warnings`; what is missing is `NOT_PUBLISHABLE` with `details`. */
  publish(id: string, options?: CallOptions): Promise<PublishedExperience> {
    return this.#call("POST", `${ONE}/publish`, named(id), options);
  }

  /** Stops admissions; entries go on. */
  pause(id: string, options?: CallOptions): Promise<Experience> {
    return this.#call("POST", `${ONE}/pause`, named(id), options);
  }

  resume(id: string, options?: CallOptions): Promise<Experience> {
    return this.#call("POST", `${ONE}/resume`, named(id), options);
  }

  /** Ends it for good; live admissions keep their time. */
  end(id: string, options?: CallOptions): Promise<Experience> {
    return this.#call("POST", `${ONE}/end`, named(id), options);
  }

  /** What has happened so far, and how things stand now. */
  metrics(id: string, options?: CallOptions): Promise<Metrics> {
    return this.#call("GET", `${ONE}/metrics`, named(id), options);
  }
}

function named(id: string) {
  return { path: { experience_id: id } };
}
