/** `<fanfare-experience-widget>`: a whole launch in one element. */
import type {
  CheckoutOptions,
  FanfareError,
  FanfareSdk,
  Journey,
  JourneyView,
  ReadyView,
} from "@fanfare/sdk-core";
import { LitElement, nothing, type TemplateResult, unsafeCSS } from "lit";
import { checkoutOptions } from "./checkout.js";
import { Actions } from "./host/actions.js";
import { Again } from "./host/again.js";
import { Check } from "./host/check.js";
import { Language } from "./host/language.js";
import { Look } from "./host/look.js";
import { Source } from "./host/source.js";
import { Teller } from "./host/teller.js";
import { Ticker } from "./host/ticker.js";
import { Voice } from "./host/voice.js";
import { Watch } from "./host/watch.js";
import { placeOf } from "./keys.js";
import type { Translate } from "./messages/index.js";
import css from "./styles.css?inline";
import { frame } from "./views/frame.js";
import { newsOf } from "./views/index.js";
import type { Ui } from "./views/ui.js";

const CONNECTING: JourneyView = { journeyStage: "routing" };

export class FanfareExperienceWidget extends LitElement {
  static override readonly styles = unsafeCSS(css);
  static override readonly properties = {
    organizationId: { attribute: "organization-id" },
    publishableKey: { attribute: "publishable-key" },
    experienceId: { attribute: "experience-id" },
    apiUrl: { attribute: "api-url" },
    autoStart: { attribute: "auto-start", type: Boolean },
    accessCode: { attribute: "access-code" },
    checkoutUrl: { attribute: "checkout-url" },
    locale: {},
    theme: {},
    variant: {},
    scheme: { attribute: "color-scheme" },
    journey: { attribute: false },
    sdk: { attribute: false },
    checkoutOptions: { attribute: false },
  };

  declare organizationId: string;
  declare publishableKey: string;
  declare experienceId: string;
  /** The service's origin. Default: the bundle's. */
  declare apiUrl: string;
  /** Starts the journey by itself. */
  declare autoStart: boolean;
  declare accessCode: string;
  declare checkoutUrl: string;
  /** A BCP 47 tag. Default: the page's language, else the browser's. */
  declare locale: string;
  /** `default`, `retro`, `rounded` or `clean`. */
  declare theme: string;
  /** `card`, `inline` or `full`. */
  declare variant: string;
  /** `light` or `dark`. Default: what the visitor prefers. */
  declare scheme: string;
  /** Shown instead of what the attributes name. */
  declare journey: Journey | null;
  /** Used instead of one made from the attributes; null: one is on its way. */
  declare sdk: FanfareSdk | null | undefined;
  /** How the checkout is reached. */
  declare checkoutOptions: CheckoutOptions;

  readonly #watch = new Watch(this);
  readonly #ticker = new Ticker(this);
  readonly #source = new Source(this);
  readonly #language = new Language(this);
  readonly #look = new Look(this);
  readonly #check = new Check(this);
  readonly #voice = new Voice(this);
  readonly #teller = new Teller(this);
  readonly #actions = new Actions(this, (error) => this.#teller.report(error));
  readonly #again = new Again(this, () => this.#tryAgain());
  readonly #longest = new Map<string, number>();
  #started: Journey | null = null;
  #standIn = false;
  #news = "";

  constructor() {
    super();
    for (const name of ["organizationId", "publishableKey", "experienceId", "apiUrl"] as const)
      this[name] = "";
    for (const name of [
      "accessCode",
      "checkoutUrl",
      "locale",
      "theme",
      "variant",
      "scheme",
    ] as const)
      this[name] = "";
    this.autoStart = false;
    this.journey = null;
    this.sdk = undefined;
    this.checkoutOptions = {};
  }

  /** What was asked for just before it left the page would take everything up again. */
  protected override shouldUpdate(): boolean {
    return this.isConnected;
  }

  protected override render(): TemplateResult | typeof nothing {
    const { journey, failure } = this.#source;
    const view = journey ? this.#watch.read(journey.view$) : CONNECTING;
    const snapshot = journey ? this.#watch.read(journey.snapshot$) : null;
    const place = placeOf(view);
    this.#actions.moveTo(place.key);
    this.#look.wear(this.theme, snapshot?.experience?.theme, this.scheme);
    const t = this.#language.translate(snapshot?.experience?.i18n);
    if (!t) return nothing;
    const ui = this.#ui(t, view);
    this.#standIn = false;
    this.#news = newsOf(ui, view);
    const again = () => (journey ? journey.refresh() : this.#source.again());
    const { theme, variant } = this;
    return frame({ ui, view, place, snapshot, failure, theme, variant, again });
  }

  protected override updated(): void {
    const { journey, failure } = this.#source;
    const view = journey?.view$.get() ?? CONNECTING;
    const place = placeOf(view);
    this.#actions.focus();
    if (this.#standIn) this.#voice.moved(`${place.key}…`, "");
    else this.#voice.moved(place.key, this.#news);
    this.setAttribute("phase", place.full);
    if (journey) this.#teller.tell(journey, view);
    this.#teller.failed(journey?.snapshot$.get().error ?? failure);
    if (journey && view.journeyStage === "ready") this.#begin(journey, view);
    if (!this.#actions.problem) this.#pass(view);
    this.#again.after(this.#repeatable(view));
  }

  #ui(t: Translate, view: JourneyView): Ui {
    const journey = this.#source.journey;
    const snapshot = journey?.snapshot$.get();
    const { key } = placeOf(view);
    const actions = this.#actions;
    return {
      t,
      format: this.#language.format,
      experience: snapshot?.experience ?? null,
      auth: this.#source.sdk?.auth ?? null,
      local: actions.local,
      busy: actions.busy,
      problem: actions.problem,
      clockOffset: snapshot?.clockOffset ?? 0,
      checkoutOptions: () => checkoutOptions(this.checkoutUrl, this.checkoutOptions),
      longest: (ahead) => this.#furthest(key, ahead),
      read: this.#watch.read,
      act: (action, work) => actions.act(action, work),
      set: (local, focus) => actions.set(key, local, focus),
      tick: () => this.#ticker.tick(),
      await: (action, loading) => actions.await(action, loading),
      standsIn: () => {
        this.#standIn = true;
      },
      check: () => this.#pass(view),
    };
  }

  #furthest(key: string, ahead: number): number {
    const furthest = Math.max(ahead, this.#longest.get(key) ?? 0);
    this.#longest.set(key, furthest);
    return furthest;
  }

  #begin(journey: Journey, view: ReadyView): void {
    if (!this.autoStart || this.#started === journey) return;
    this.#started = journey;
    const { accessCode } = this;
    const start = () => (accessCode ? journey.start({ accessCode }) : view.start());
    this.#actions.act("start", start);
  }

  /** What failed without anybody having pressed anything. */
  #repeatable(view: JourneyView): Partial<FanfareError> | null {
    const { journey, failure } = this.#source;
    const begun = journey && this.#started === journey && view.journeyStage === "ready";
    const error = begun ? journey.snapshot$.get().error : failure;
    if (error?.retryable) return error;
    return this.#actions.unloaded ?? this.#language.unloaded;
  }

  #tryAgain(): void {
    if (this.#source.journey?.snapshot$.get().error?.retryable) this.#started = null;
    this.#actions.loadAgain();
    this.#language.again();
    if (this.#source.failure) this.#source.again();
    this.requestUpdate();
  }

  /** A bot check needs nobody: it begins by itself. */
  #pass(view: JourneyView): void {
    const gate = view.journeyStage === "gated" ? view.gates[0] : null;
    if (view.journeyStage !== "gated" || gate?.kind !== "bot_check") {
      this.#check.stop();
      return;
    }
    if (!this.isConnected) return;
    const { key } = placeOf(view);
    const publishableKey = this.#source.sdk?.config.publishableKey ?? this.publishableKey;
    const asked = () => placeOf(this.#source.journey?.view$.get() ?? view).key === key;
    this.#actions.act("check", () => this.#check.pass(view, gate, publishableKey, asked));
  }
}
