/** Lists that are longer than one answer. */

export interface Page<Item> {
  readonly data: readonly Item[];
  readonly pageInfo: { readonly endCursor: string | null; readonly hasNextPage: boolean };
}

/** Reads one page; without a cursor that where the caller's query begins. */
type Reader<Item> = (more: { readonly cursor?: string }) => Promise<Page<Item>>;

/** A list of the service, read page by page as it is walked through: `for await (const item of list)`. */
export class List<Item> implements AsyncIterable<Item> {
  readonly #read: Reader<Item>;

  constructor(read: Reader<Item>) {
    this.#read = read;
  }

  /** The first page, or the one after a cursor (`pageInfo.endCursor`). */
  page(cursor?: string | null): Promise<Page<Item>> {
    return this.#read(cursor ? { cursor } : {});
  }

  /** Page after page. */
  async *pages(): AsyncGenerator<Page<Item>, void, undefined> {
    let cursor: string | null | undefined;
    do {
      const page: Page<Item> = await this.page(cursor);
      yield page;
      cursor = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
    } while (cursor);
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Item, void, undefined> {
    for await (const page of this.pages()) yield* page.data;
  }
}
