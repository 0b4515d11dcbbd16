/** What an admission token says of itself. Only the service can say whether it is good. */

export interface Claims {
  readonly typ: "admission";
  /** The admission's id. */
  readonly jti: string;
  /** The consumer's id. */
  readonly sub: string;
  readonly dst: string;
  readonly dtp: string;
  readonly exp_id: string;
}

/** Null for what is no admission token. */
export function claimsOf(token: string): Claims | null {
  try {
    const [, payload = ""] = token.split(".");
    const claims = JSON.parse(atob(payload.replaceAll("-", "+").replaceAll("_", "/")));
    return claims?.typ === "admission" ? claims : null;
  } catch {
    return null;
  }
}
