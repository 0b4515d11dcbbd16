import type { Call, CallOptions } from "../http/http.js";
import type {
  Admission,
  AdmissionToComplete,
  AdmissionToDeny,
  AdmissionToExtend,
  AdmissionToValidate,
  Validity,
} from "../wire/index.js";

/** Who may buy now. Each call takes the `admissionToken` that the customer brings, or an `admissionId`. */
export class Admissions {
  readonly #call: Call;

  constructor(call: Call) {
    this.#call = call;
  }

  /** Tells whether an admission is good now, as often as you like; what is not is `valid: false` with its `reason`, no error. */
  validate(admission: AdmissionToValidate, options?: CallOptions): Promise<Validity> {
    return this.#call("POST", "/api/v1/admissions/validate", { body: admission }, options);
  }

  /** Uses an admission up, with the order where you know it. Another order on it is refused: `ADMISSION_ALREADY_COMPLETED`. */
  complete(admission: AdmissionToComplete, options?: CallOptions): Promise<Admission> {
    return this.#call("POST", "/api/v1/admissions/complete", { body: admission }, options);
  }

  /** Ends an admission; the reason is shown to the customer's own client. */
  deny(admission: AdmissionToDeny, options?: CallOptions): Promise<Admission> {
    return this.#call("POST", "/api/v1/admissions/deny", { body: admission }, options);
  }

  /** Gives `seconds` more, once, where the distribution is `extendable`; answers a new token. */
  extend(admission: AdmissionToExtend, options?: CallOptions): Promise<Admission> {
    return this.#call("POST", "/api/v1/admissions/extend", { body: admission }, options);
  }
}
