/** A stand-in for the service, on a real port, that answers as it is told and remembers what it was asked. */
import { createServer, type IncomingHttpHeaders, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { FanfareClient, type FanfareClientOptions } from "../src/index.js";

export interface Asked {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

type Reply = (response: ServerResponse) => void;

export const KEY = "sk_test_0123456789abcdefghijABCDEFGHIJ01";

export function says(
  status: number,
  body: unknown = {},
  headers: Record<string, string> = {},
): Reply {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  return (response) =>
    response.writeHead(status, { "Content-Type": "application/json", ...headers }).end(text);
}

/** Cuts the connection. */
export const breaks: Reply = (response) => response.destroy();

/** Never answers. */
export const hangs: Reply = () => {};

/** The last reply is repeated for ever. */
export async function service(...replies: Reply[]) {
  const asked: Asked[] = [];
  const server = createServer(async (request, response) => {
    let body = "";
    for await (const part of request) body += part;
    const { method = "", url = "", headers } = request;
    asked.push({ method, url, headers, body });
    replies[Math.min(asked.length, replies.length) - 1]?.(response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const client = (options: FanfareClientOptions = {}) =>
    new FanfareClient({ apiKey: KEY, apiUrl: url, ...options });
  const stop = () => {
    server.closeAllConnections();
    server.close();
  };
  return { url, asked, client, [Symbol.dispose]: stop };
}
