import type { ServerResponse } from "node:http";
import { inspect } from "node:util";
import { afterEach, describe, expect, test, vi } from "vitest";
import { FanfareClient, FanfareError } from "../src/index.js";
import { breaks, hangs, KEY, says, service } from "./service.js";

const PRODUCT = { id: "prod_1", name: "Sneaker", price: 199.99, sku: "SNKR-001" };
const ORDER = {
  consumerId: "cons_1",
  distributionId: "queue_1",
  externalOrderId: "1001",
  totalAmount: 199.99,
};
const refused = (call: Promise<unknown>): Promise<FanfareError> =>
  call.then(
    () => expect.unreachable("it was not refused"),
    (error: unknown) => (error instanceof FanfareError ? error : expect.unreachable(String(error))),
  );

afterEach(() => {
  vi.unstubAllEnvs();
});

describe("what is asked", () => {
  test("a product is posted as JSON, with the key and an idempotency key", async () => {
    using fanfare = await service(says(201, PRODUCT));

    const product = await fanfare.client().products.create({ ...PRODUCT });

    expect(product).toEqual(PRODUCT);
    const [asked] = fanfare.asked;
    expect([asked?.method, asked?.url]).toEqual(["POST", "/api/products"]);
    expect(asked?.headers).toMatchObject({
      authorization: `Bearer ${KEY}`,
      "content-type": "application/json",
      "x-idempotency-key": expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
    expect(JSON.parse(asked?.body ?? "")).toEqual(PRODUCT);
  });

  test("key and address come from the environment where they are not given", async () => {
    using fanfare = await service(says(200, PRODUCT));
    vi.stubEnv("FANFARE_API_KEY", KEY);
    vi.stubEnv("FANFARE_API_URL", `${fanfare.url}/`);

    await new FanfareClient().products.get("prod_1");

    expect(fanfare.asked[0]).toMatchObject({ method: "GET", url: "/api/products/prod_1" });
    expect(fanfare.asked[0]?.headers["x-idempotency-key"]).toBeUndefined();
  });

  test("an id stays one part of the path", async () => {
    using fanfare = await service(says(404, { code: "PRODUCT_NOT_FOUND", message: "No." }));

    await refused(fanfare.client().products.get("../orders?x=1"));

    expect(fanfare.asked[0]?.url).toBe("/api/products/..%2Forders%3Fx%3D1");
  });

  test.each(["", ".", ".."])("%o is no id", async (id) => {
    using fanfare = await service(says(200));

    const error = await refused(fanfare.client().products.archive(id));

    expect(error.code).toBe("INVALID_ARGUMENT");
    expect(fanfare.asked).toEqual([]);
  });

  test("an archived product answers nothing", async () => {
    using fanfare = await service((response) => response.writeHead(204).end());

    const answer = await fanfare.client().products.archive("prod_1", { ifMatch: '"v1"' });

    expect(answer).toBeUndefined();
    expect(fanfare.asked[0]?.headers["if-match"]).toBe('"v1"');
  });

  test("a CSV file goes as it is, and its errors come back as text", async () => {
    const errors = says(200, "row,problem\n", { "Content-Type": "text/csv" });
    using fanfare = await service(says(202, { id: "imp_1" }), errors);

    await fanfare.client().imports.products("name,price,sku\n");
    const text = await fanfare.client().imports.errors("imp_1");

    expect(fanfare.asked[0]).toMatchObject({ body: "name,price,sku\n" });
    expect(fanfare.asked[0]?.headers["content-type"]).toBe("text/csv");
    expect(text).toBe("row,problem\n");
  });

  test("any other call is typed by its path, and tells status and headers", async () => {
    using fanfare = await service(says(200, { id: "queue_1" }, { ETag: '"v7"' }));

    const path = { line_id: "queue_1" };
    const answer = await fanfare
      .client()
      .request("POST", "/admin/api/v1/queues/{line_id}/open", { path });

    expect([answer.data.id, answer.status, answer.headers.get("ETag")]).toEqual([
      "queue_1",
      200,
      '"v7"',
    ]);
  });
});

describe("what is refused", () => {
  test("a refusal says all that the service said", async () => {
    const details = [{ field: "sku", message: "taken" }];
    const said = {
      code: "SKU_TAKEN",
      message: "Taken.",
      details,
      requestId: "req_1",
      id: "prod_2",
    };
    using fanfare = await service(says(409, said));

    const error = await refused(fanfare.client().products.create(PRODUCT));

    expect({ ...error, message: error.message }).toEqual({
      name: "FanfareError",
      code: "SKU_TAKEN",
      message: "Taken.",
      status: 409,
      details,
      requestId: "req_1",
      retryable: false,
      retryAfter: null,
      opensAt: null,
      existingId: "prod_2",
    });
  });

  test.each([
    [404, "<h1>no such host</h1>", "text/html"],
    [302, "", "text/plain"],
    [200, "{", "application/json"],
    [500, "null", "application/json"],
  ])("%i with %o is somebody else's answer", async (status, body, type) => {
    using fanfare = await service(says(status, body, { "Content-Type": type, Location: "/" }));

    const error = await refused(fanfare.client({ maxRetries: 0 }).products.get("prod_1"));

    expect([error.code, error.status]).toEqual(["UNEXPECTED_ANSWER", status]);
  });

  test.each([
    ["a maintenance page", says(200, "<h1>Back soon</h1>", { "Content-Type": "text/html" })],
    ["an empty page", says(200, "")],
    ["a page without a type", (response: ServerResponse) => response.writeHead(200).end("ok")],
    ["nothing", (response: ServerResponse) => response.writeHead(204).end()],
    ["a page as JSON", says(200, "<h1>Back soon</h1>")],
  ])("%s with a success's status is no order, but may be tried again", async (_, reply) => {
    using fanfare = await service(reply);
    const client = fanfare.client({ maxRetries: 0 });

    const ordering = await refused(client.orders.create(ORDER));
    const validating = await refused(client.admissions.validate({ admissionToken: "t" }));

    for (const error of [ordering, validating]) {
      expect([error.code, error.retryable]).toEqual(["UNEXPECTED_ANSWER", true]);
      expect(error.status).toBeLessThan(300);
    }
  });

  test("a page is neither a deletion nor a file", async () => {
    using fanfare = await service(says(200, "<h1>Back soon</h1>", { "Content-Type": "text/html" }));
    const client = fanfare.client({ maxRetries: 0 });

    const archiving = await refused(client.products.archive("prod_1"));
    const reading = await refused(client.imports.errors("imp_1"));

    expect([archiving.code, reading.code]).toEqual(["UNEXPECTED_ANSWER", "UNEXPECTED_ANSWER"]);
  });

  test.each([200, 520])("after a page with %i an order is made by the same key", async (status) => {
    const page = says(status, "<h1>Back soon</h1>", { "Content-Type": "text/html" });
    using fanfare = await service(page, says(201, { id: "order_1" }));

    const order = await fanfare.client().orders.create(ORDER);

    expect(order.id).toBe("order_1");
    const keys = fanfare.asked.map(({ headers }) => headers["x-idempotency-key"]);
    expect(keys).toEqual([keys[0], keys[0]]);
  });

  test("who is silent is not waited for", async () => {
    using fanfare = await service(hangs);

    const error = await refused(
      fanfare.client({ timeout: 30, maxRetries: 0 }).products.get("prod_1"),
    );

    expect([error.code, error.retryable]).toEqual(["TIMEOUT", true]);
  });

  test("a cut connection is a network error", async () => {
    using fanfare = await service(breaks);

    const error = await refused(fanfare.client({ maxRetries: 0 }).products.get("prod_1"));

    expect([error.code, error.retryable, error.status]).toEqual(["NETWORK_ERROR", true, 0]);
  });

  test.each(["before", "while"])("an abort %s it is asked ends the call", async (when) => {
    using fanfare = await service(hangs);
    const controller = new AbortController();
    if (when === "before") controller.abort();

    const call = fanfare.client().products.get("prod_1", { signal: controller.signal });
    controller.abort();

    expect((await refused(call)).code).toBe("ABORTED");
  });

  test.each([
    [{}, "Give apiKey"],
    [{ apiKey: "pk_live_0123456789" }, "publishable"],
    [{ apiKey: "sk_live_01234\n" }, "blanks"],
    [{ apiKey: KEY }, "Give apiUrl"],
    [{ apiKey: KEY, apiUrl: "fanfare.example" }, "no address"],
    [{ apiKey: KEY, apiUrl: "https://me:secret@fanfare.example" }, "no address"],
    [{ apiKey: KEY, apiUrl: "https://fanfare.example", timeout: 0 }, "timeout"],
    [{ apiKey: KEY, apiUrl: "https://fanfare.example", maxRetries: -1 }, "maxRetries"],
  ])("a client is not made with %o", (options, said) => {
    vi.stubEnv("FANFARE_API_KEY", "");
    vi.stubEnv("FANFARE_API_URL", "");

    expect(() => new FanfareClient(options)).toThrow(
      expect.objectContaining({ code: "INVALID_CONFIG", message: expect.stringContaining(said) }),
    );
  });
});

test("the key shows nowhere", async () => {
  using fanfare = await service(says(401, { code: "AUTHENTICATION_REQUIRED" }), breaks);
  const client = fanfare.client({ maxRetries: 0 });
  const errors = [
    await refused(client.products.get("prod_1")),
    await refused(client.products.get("prod_1")),
  ];

  const seen = [client, client.products, ...errors].map((each) => [
    inspect(each, { depth: 20, showHidden: true, getters: true }),
    JSON.stringify(each),
    String(each),
    each instanceof Error ? each.stack : "",
  ]);

  expect(JSON.stringify(seen)).not.toContain(KEY);
  expect(JSON.stringify(seen)).not.toContain(KEY.slice(8));
});
