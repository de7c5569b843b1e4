import { colours } from './colours.js';

/** How the command line speaks: data on standard output, talk on standard error, colours on terminals alone. */
export interface Output {
  readonly json: boolean;
  /** One value on standard output: a line of JSON, or the text for people. */
  data(value: unknown, text: string): void;
  /** A word to the person on standard error; nothing in JSON mode. */
  say(text: string): void;
}

/** An output in the mode that the options ask for. */
export function createOutput(json: boolean): Output {
  return {
    json,
    data: (value, text) => process.stdout.write(`${json ? JSON.stringify(value) : text}\n`),
    say: (text) => {
      if (!json) process.stderr.write(`${text}\n`);
    },
  };
}

const STATUS_LABELS: Readonly<Record<string, string>> = {
  received: 'reçu',
  processing: 'en cours de traitement',
  integrated: 'intégré',
  'partly-integrated': 'intégré partiellement',
  rejected: 'rejeté',
  incident: 'en incident',
};

/** French name of a flow's status, coloured for a terminal. */
export function statusLabel(status: string): string {
  const label = STATUS_LABELS[status] ?? status;
  if (status === 'integrated') return colours.green(label);
  if (status === 'rejected' || status === 'incident') return colours.red(label);
  return status === 'partly-integrated' ? colours.yellow(label) : label;
}

/**
 * Text that came from a partner, made safe for a terminal: no control character, no escape sequence, no change of
 * direction.
 */
export function plain(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}]/gu, '\u{fffd}');
}
