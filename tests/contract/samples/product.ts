import { FanfareClient } from "@fanfare/sdk";

const client = new FanfareClient({
  apiKey: process.env.FANFARE_API_KEY,
});

// Sync a product
await client.products.create({
  name: "Product Name",
  price: 99.99,
  sku: "SKU-123",
});
