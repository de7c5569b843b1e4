import picocolors from 'picocolors';

/** Colours on terminals alone: not in a pipe, not in CI's log, not with `NO_COLOR`. */
const onTerminal = Boolean(process.stdout.isTTY && process.stderr.isTTY) && !process.env['NO_COLOR'];

export const colours = picocolors.createColors(onTerminal);
