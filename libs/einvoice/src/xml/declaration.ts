/** Replaces the XML declaration at the start of a transcoded text by spaces: the encoding that it names is no longer the right one. Line ends stay. */
export function blankDeclaration(text: string): string {
  return text.replace(/^<\?xml\s[^>]*\?>/, (declaration) => declaration.replace(/[^\r\n]/g, ' '));
}
