import { expect, test } from "vitest";
import type { Product } from "../src/index.js";
import { says, service } from "./service.js";

const page = (ids: readonly string[], endCursor: string | null, hasNextPage: boolean) =>
  says(200, { data: ids.map((id) => ({ id })), pageInfo: { endCursor, hasNextPage } });

const replies = [page(["a", "b"], "c1", true), page([], "c2", true), page(["c"], "c3", false)];

test("a list is read to its end, page by page, with its filters", async () => {
  using fanfare = await service(...replies);

  const ids: string[] = [];
  for await (const { id } of fanfare.client().products.list({ limit: 2, sku: "S 1" })) ids.push(id);

  expect(ids).toEqual(["a", "b", "c"]);
  expect(fanfare.asked.map(({ url }) => url)).toEqual([
    "/api/products?limit=2&sku=S+1",
    "/api/products?limit=2&sku=S+1&cursor=c1",
    "/api/products?limit=2&sku=S+1&cursor=c2",
  ]);
});

test("who stops reading asks for no more", async () => {
  using fanfare = await service(...replies);

  for await (const product of fanfare.client().products.list()) {
    expect(product.id).toBe("a");
    break;
  }

  expect(fanfare.asked.length).toBe(1);
});

test("a list can be read from its start as often as one likes, and by the page", async () => {
  using fanfare = await service(...replies, ...replies);
  const list = fanfare.client().products.list();

  const pages: (readonly Product[])[] = [];
  for await (const { data } of list.pages()) pages.push(data);
  const first = await list.page();

  expect(pages.map((each) => each.length)).toEqual([2, 0, 1]);
  expect(first.pageInfo).toEqual({ endCursor: "c1", hasNextPage: true });
});

test("a list goes on after a cursor that was kept", async () => {
  using fanfare = await service(page(["c"], "c3", false));

  await fanfare.client().orders.list({ cursor: "c2" }).page();
  await fanfare.client().orders.list().page("c2");

  expect(fanfare.asked.map(({ url }) => url)).toEqual(Array(2).fill("/api/orders?cursor=c2"));
});
