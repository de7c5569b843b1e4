import { InvalidArgumentError } from 'commander';

/** Reads `100MB`, `1GB` (powers of ten, as the field writes them). */
export function parseSize(text: string): number {
  const match = /^(\d+(?:\.\d+)?)\s*(MB|GB)$/i.exec(text);
  if (!match) throw new InvalidArgumentError('Une taille s’écrit 100MB ou 1GB.');
  return Math.round(Number(match[1]) * (match[2]?.toUpperCase() === 'GB' ? 1e9 : 1e6));
}
