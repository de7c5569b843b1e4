import { interactiveSupportingLimits } from '#einvoice';

const { documentBytes, extensions, nameCharacters } = interactiveSupportingLimits;

/** Most bytes of one file (R24). */
export const LARGEST_FILE = documentBytes;

/** A name of a file (R24): at most 50 characters with an accepted extension, and nothing that leads out of a folder. */
export const FILE_NAME = new RegExp(
  `^(?=[^]{1,${nameCharacters}}$)[^\\p{C}/\\\\:*?"<>|]+\\.(?:${[...extensions].join('|')})$`,
  'iu',
);

/** How a browser is told the name of a file (RFC 6266): never shown in the page, and no header of its own. */
export function attachmentNamed(name: string): string {
  const plain = name.replace(/[^\x20-\x7e]|["\\%]/g, '_');
  const encoded = encodeURIComponent(name).replace(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`;
}
