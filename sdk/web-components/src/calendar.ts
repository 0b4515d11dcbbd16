/** A booking as a calendar file (RFC 5545). */

export interface Appointment {
  readonly id: string;
  readonly title: string;
  readonly start: Date;
  readonly end: Date;
  readonly location: string | null;
}

/** The file's text; a later file of the same `id` replaces the event. */
export function calendarFile({ id, title, start, end, location }: Appointment): string {
  const lines = [
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "PRODID:-//Fanfare//Widget//EN",
    "METHOD:PUBLISH",
    "BEGIN:VEVENT",
    `UID:${escaped(id)}@fanfare`,
    `DTSTAMP:${stamp(new Date())}`,
    `DTSTART:${stamp(start)}`,
    `DTEND:${stamp(end)}`,
    `SUMMARY:${escaped(title)}`,
    ...(location ? [`LOCATION:${escaped(location)}`] : []),
    "END:VEVENT",
    "END:VCALENDAR",
  ];
  return lines.map((line) => `${folded(line)}\r\n`).join("");
}

/** Hands a text to the browser as a download. */
export function download(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: "text/calendar" }));
  const link = Object.assign(document.createElement("a"), { href: url, download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

function stamp(at: Date): string {
  return at.toISOString().replace(/[-:]|\.\d+/g, "");
}

function escaped(text: string): string {
  return text.replace(/[\\;,]/g, "\\$&").replace(/\r\n?|\n/g, "\\n");
}

/** At most 75 bytes a line, which 25 characters never exceed after the first break. */
function folded(line: string): string {
  const signs = [...line];
  const size = /^[\x20-\x7e]*$/.test(line) ? 73 : 18;
  const parts: string[] = [];
  for (let at = 0; at < signs.length; at += size) parts.push(signs.slice(at, at + size).join(""));
  return parts.join("\r\n ");
}
