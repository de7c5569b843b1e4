import { attachmentNamed } from './attachment-named.js';

describe('attachmentNamed', () => {
  it('tells a browser a name that ends neither the header nor the quotes around it', () => {
    expect(attachmentNamed('a"\r\nb.pdf')).toBe(`attachment; filename="a___b.pdf"; filename*=UTF-8''a%22%0D%0Ab.pdf`);
    expect(attachmentNamed("l'été.pdf")).toBe(
      `attachment; filename="l'_t_.pdf"; filename*=UTF-8''l%27%C3%A9t%C3%A9.pdf`,
    );
  });
});
