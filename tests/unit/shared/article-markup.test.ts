import { describe, expect, it } from 'vitest';
import { articlesIn, type MarkupBlock, readMarkup } from '../../../shared/article-markup.ts';

const said = (blocks: readonly MarkupBlock[]) =>
  blocks.map((block) => {
    const write = (pieces: Extract<MarkupBlock, { readonly pieces: unknown }>['pieces']) =>
      pieces.map((piece) => (piece.kind === 'text' ? piece.text : `<${piece.number}>`)).join('');
    return 'items' in block ? [block.kind, ...block.items.map(write)] : [block.kind, write(block.pieces)];
  });

describe('the markup of articles', () => {
  it('has headings, paragraphs, points and steps', () => {
    const text = 'Ask first.\nThen look.\n\n## Limits\n- up to 50\n- above: ask\n1. credit\n2) tell them\n\nDone.';
    expect(said(readMarkup(text))).toEqual([
      ['paragraph', 'Ask first. Then look.'],
      ['heading', 'Limits'],
      ['points', 'up to 50', 'above: ask'],
      ['steps', 'credit', 'tell them'],
      ['paragraph', 'Done.'],
    ]);
  });

  it('joins lines of Chinese without a space, and goes on with a point over the line', () => {
    expect(said(readMarkup('先核实身份，\n再查询账单。\n\n- 减免不超过\n  五十元'))).toEqual([
      ['paragraph', '先核实身份，再查询账单。'],
      ['points', '减免不超过五十元'],
    ]);
  });

  it('refers to articles by their numbers, and to nothing within longer words', () => {
    expect(said(readMarkup('See KB-311, not XKB-311 or KB-31123456; 参见KB-092。'))).toEqual([
      ['paragraph', 'See <KB-311>, not XKB-311 or KB-31123456; 参见<KB-092>。'],
    ]);
    expect(articlesIn('KB-318 and KB-311, KB-318')).toEqual(['KB-318', 'KB-311']);
  });

  it('takes what looks like HTML, an amount or a lone sign as text', () => {
    const text = '<img src=x onerror=alert(1)>\n\n1.50 a day\n\n-\n\n##\n\n#hash';
    expect(said(readMarkup(text))).toEqual([
      ['paragraph', '<img src=x onerror=alert(1)>'],
      ['paragraph', '1.50 a day'],
      ['paragraph', '-'],
      ['paragraph', '##'],
      ['paragraph', '#hash'],
    ]);
    expect(readMarkup('')).toEqual([]);
  });

  it('reads a text of the greatest length in no time worth a word', () => {
    expect(readMarkup(`- ${'KB-'.repeat(6_000)}`)).toHaveLength(1);
    expect(readMarkup('- x\n'.repeat(5_000))[0]).toMatchObject({ kind: 'points' });
  });
});
