import type { Configuration } from '../configuration/configuration.js';
import type { Logger } from '../shared/logger.js';
import { clamdAddress, ClamdScanner } from './clamd-scanner.js';
import { noVirusScanner, type VirusScanner } from './virus-scanner.js';

/** The scanner that the settings name. Where there is none, what comes in is not scanned, and the log says so. */
export function openVirusScanner(
  { VIRUS_SCANNER, VIRUS_SCANNER_PATIENCE_MS }: Pick<Configuration, 'VIRUS_SCANNER' | 'VIRUS_SCANNER_PATIENCE_MS'>,
  logger: Logger,
): VirusScanner {
  if (VIRUS_SCANNER !== undefined) return new ClamdScanner(clamdAddress(VIRUS_SCANNER), VIRUS_SCANNER_PATIENCE_MS);
  logger.warn('no virus scanner is set (VIRUS_SCANNER): files are taken without being scanned');
  return noVirusScanner;
}
