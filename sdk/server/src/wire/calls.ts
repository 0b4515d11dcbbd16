/** What each call takes and answers, read from the types of the wire. */
import type { paths } from "./openapi.js";

export type Method = "GET" | "POST" | "PATCH" | "DELETE";

type Operation<M extends Method, P extends keyof paths> = paths[P][Lowercase<M>];

/** The paths that know a method. */
export type PathOf<M extends Method> = {
  [P in keyof paths]: Operation<M, P> extends { responses: unknown } ? P : never;
}[keyof paths];

export type QueryOf<M extends Method, P extends keyof paths> =
  Operation<M, P> extends { parameters: { query?: infer Query } } ? NonNullable<Query> : never;

type IdsOf<M extends Method, P extends keyof paths> =
  Operation<M, P> extends { parameters: { path: infer Ids } } ? Ids : never;

type BodyOf<M extends Method, P extends keyof paths> =
  Operation<M, P> extends { requestBody?: { content: infer Content } }
    ? Content extends { "application/json": infer Body }
      ? Body
      : Content extends { "text/csv": unknown }
        ? string
        : never
    : never;

type NeedsBody<M extends Method, P extends keyof paths> =
  Operation<M, P> extends { requestBody: unknown } ? true : false;

interface Contents {
  content: { "application/json": unknown };
}

type Answered<Responses> = {
  [Status in keyof Responses]: Status extends 200 | 201 | 202
    ? Responses[Status] extends Contents
      ? Responses[Status]["content"]["application/json"]
      : Responses[Status] extends { content: infer Content }
        ? [keyof Content] extends [never]
          ? unknown
          : string
        : unknown
    : never;
}[keyof Responses];

/** The body of a success; undefined for 204. */
export type AnswerOf<M extends Method, P extends keyof paths> =
  Operation<M, P> extends { responses: infer Responses }
    ? Responses extends { 204: unknown }
      ? undefined
      : Answered<Responses>
    : never;

type Maybe<Name extends string, Value> = [Value] extends [never]
  ? unknown
  : { readonly [N in Name]: Value };

/** What names the object, what filters, and what is sent. */
export type Input<M extends Method, P extends keyof paths> = Maybe<"path", IdsOf<M, P>> & {
  readonly query?: QueryOf<M, P>;
} & (NeedsBody<M, P> extends true
    ? { readonly body: BodyOf<M, P> }
    : [BodyOf<M, P>] extends [never]
      ? unknown
      : { readonly body?: BodyOf<M, P> });
