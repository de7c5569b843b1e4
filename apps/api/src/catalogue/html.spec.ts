import fc from 'fast-check';
import { html, Html } from './html.js';

describe('Markup with values', () => {
  it('escapes every value, in texts and in attributes', () => {
    const hostile = `"><script>alert('&')</script>`;
    expect(html`<a id="${hostile}">${hostile}</a>`.markup).toBe(
      '<a id="&quot;&gt;&lt;script&gt;alert(&#39;&amp;&#39;)&lt;/script&gt;">&quot;&gt;&lt;script&gt;alert(&#39;&amp;&#39;)&lt;/script&gt;</a>',
    );
  });

  it('keeps markup, and lists of it, as they are', () => {
    const items = ['<', 1].map((value) => html`<li>${value}</li>`);
    expect(html`${items}${[]}${new Html('<hr>')}`.markup).toBe('<li>&lt;</li><li>1</li><hr>');
  });

  it('never lets a text open a tag, end an attribute or begin an entity of its own', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const { markup } = html`${text}`;
        expect(markup).not.toMatch(/[<>"']|&(?!amp;|lt;|gt;|quot;|#39;)/);
      }),
    );
  });
});
