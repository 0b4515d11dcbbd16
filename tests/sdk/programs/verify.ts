import { FanfareError, verifyWebhook } from "@fanfare/sdk";

const { BODY = "", HEADERS = "{}", SECRETS = "[]" } = process.env;

function verified(body: string): string {
  try {
    return verifyWebhook(body, JSON.parse(HEADERS), JSON.parse(SECRETS)).type;
  } catch (error) {
    return error instanceof FanfareError ? error.code : String(error);
  }
}

console.log(JSON.stringify([verified(BODY), verified(BODY.replace("Ü", "U"))]));
