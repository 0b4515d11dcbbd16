import { FanfareClient, FanfareError } from "@fanfare/sdk";

const client = new FanfareClient();
const { ADMISSION_TOKEN = "", DISTRIBUTION_ID = "", CONSUMER_ID = "" } = process.env;

const refused = (call: Promise<unknown>): Promise<FanfareError> =>
  call.then(
    () => Promise.reject(new Error("it was not refused")),
    (error) => (error instanceof FanfareError ? error : Promise.reject(error)),
  );

async function products() {
  for (let number = 0; number < 7; number += 1) {
    await client.products.create({ name: "Shoe", price: 9.5, sku: `S-00${number}` });
  }
  const skus: string[] = [];
  for await (const { sku } of client.products.list({ limit: 3 })) {
    if (sku.startsWith("S-")) skus.push(sku);
  }
  const pages: number[] = [];
  for await (const { data } of client.products.list({ limit: 3 }).pages()) pages.push(data.length);
  return { skus: skus.sort(), pages };
}

async function oneProduct() {
  const shoe = { name: "Boot", price: 20, sku: "B-1" };
  const [first, second] = [
    await client.products.create(shoe, { idempotencyKey: "boot" }),
    await client.products.create(shoe, { idempotencyKey: "boot" }),
  ];
  const changed = await client.products.update(first.id, { price: 10.5 });
  await client.products.archive(first.id);
  const gone = await refused(client.products.get(first.id));
  return {
    once: first.id === second.id,
    changed: [changed.price, changed.description],
    archived: gone.code,
  };
}

async function consumers() {
  const jane = await client.consumers.create({ email: "jane@shop.example" });
  const named = await client.consumers.update(jane.id, { fullName: "Jane Doe" });
  const taken = await refused(client.consumers.create({ email: "jane@shop.example" }));
  await client.consumers.export(jane.id);
  await client.consumers.erase(jane.id);
  const erased = await refused(client.consumers.get(jane.id));
  const identity = { provider: "shop", issuer: "https://shop.example", subject: "7" };
  const { exchangeCode } = await client.auth.authorizeExternal(identity);
  return {
    consumer: [named.email, named.fullName, taken.code, taken.existingId === jane.id],
    erased: erased.code,
    code: exchangeCode.length > 20,
  };
}

async function checkout() {
  const validity = await client.admissions.validate({ admissionToken: ADMISSION_TOKEN });
  const extended = await client.admissions.extend({ admissionToken: ADMISSION_TOKEN, seconds: 60 });
  const admissionToken = extended.admissionToken ?? "";
  const completed = await client.admissions.complete({ admissionToken, orderId: "B-1" });
  const [order] = (await client.orders.list({ externalOrderId: "B-1" }).page()).data;
  await client.orders.create({
    consumerId: CONSUMER_ID,
    distributionId: DISTRIBUTION_ID,
    externalOrderId: "B-1",
    totalAmount: 199.99,
  });
  const after = await client.admissions.validate({ admissionToken });
  return {
    valid: [validity.valid, validity.reason, validity.distributionType],
    longer: (extended.expiresAt ?? "") > (validity.expiresAt ?? ""),
    completed: completed.status,
    orders: [[order?.externalOrderId, order?.completion], after.reason],
  };
}

async function launch() {
  const spring = await client.experiences.create({ name: "Spring" });
  const copy = await client.experiences.duplicate(spring.id, { name: "Spring, again" });
  const bare = await refused(client.experiences.publish(spring.id));
  const ids: string[] = [];
  for await (const { id } of client.experiences.list({ status: "draft" })) ids.push(id);
  const stale = client.experiences.update(copy.id, { name: "Autumn" }, { ifMatch: '"old"' });
  const { status, code } = await refused(stale);
  await client.experiences.archive(copy.id);
  return {
    launch: [spring.status, copy.name, bare.code, ids.includes(copy.id)],
    stale: [status, code],
  };
}

async function rest() {
  const run = await client.imports.products("name,price,sku\nShoe,9.50,S-100\n");
  const stranger = new FanfareClient({ apiKey: "sk_live_00000000000000000000000000000000" });
  const { status, code, requestId } = await refused(stranger.products.list().page());
  return {
    import: [run.status, run.subject],
    refused: [status, code, requestId !== null],
  };
}

const said = {
  ...(await products()),
  ...(await oneProduct()),
  ...(await consumers()),
  ...(await checkout()),
  ...(await launch()),
  ...(await rest()),
};
console.log(JSON.stringify(said));
