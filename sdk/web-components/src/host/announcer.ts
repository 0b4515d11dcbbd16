/** What a screen reader is told: a change at once, news at most every 30 seconds. */

export const PACE_MS = 30_000;

export class Announcer {
  #last = "";
  #spokenAt = Number.NEGATIVE_INFINITY;
  #waiting: string | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** `speak` puts a text into the live region. */
  constructor(private readonly speak: (text: string) => void) {}

  /** Says the newest of these once its time has come, and nothing twice in a row. */
  tell(text: string): void {
    if (text === this.#last) {
      this.stop();
      return;
    }
    this.#waiting = text;
    const due = this.#spokenAt + PACE_MS - Date.now();
    if (due <= 0) this.#say(text);
    else this.#timer ??= setTimeout(() => this.#say(this.#waiting ?? this.#last), due);
  }

  /** Says it now: something has changed. */
  interrupt(text: string): void {
    this.#say(text);
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#waiting = null;
  }

  #say(text: string): void {
    this.stop();
    if (text === this.#last) return;
    this.#last = text;
    this.#spokenAt = Date.now();
    this.speak(text);
  }
}
