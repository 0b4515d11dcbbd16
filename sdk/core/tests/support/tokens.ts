/** An admission token as the service signs one, but for the signature. */
export function admissionToken(more: object = {}): string {
  const claims = {
    typ: "admission",
    jti: "adm_1",
    sub: "cons_1",
    dst: "queue_1",
    dtp: "queue",
    exp_id: "exp_1",
    seq_id: "seq_1",
    ...more,
  };
  return `${part({ alg: "EdDSA" })}.${part(claims)}.c2lnbmF0dXJl`;
}

function part(value: object): string {
  return btoa(JSON.stringify(value)).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}
