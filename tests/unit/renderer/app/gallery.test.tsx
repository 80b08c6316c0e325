import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Gallery } from '../../../../renderer/app/Gallery.tsx';

// By selector: asking a page of so many parts for roles takes seconds.
const texts = (selector: string) => [...document.querySelectorAll(selector)].map(({ textContent }) => textContent);

beforeEach(() => {
  // Only browsers make style sheets of their own.
  globalThis.CSSStyleSheet.prototype.replaceSync ??= () => undefined;
  document.adoptedStyleSheets ??= [];
  URL.createObjectURL = () => 'blob:page';
  URL.revokeObjectURL = () => undefined;
});
afterEach(() => {
  cleanup();
  window.history.replaceState(null, '', '/');
});

describe('the gallery', () => {
  it('speaks both languages, chosen on it or in its address', () => {
    render(<Gallery />);
    const english = texts('h2');
    expect(texts('button')).toContain('Quiet');
    fireEvent.click(screen.getByText('中文'));
    expect(document.documentElement.lang).toBe('zh-CN');
    expect(texts('h2')).toHaveLength(english.length);
    expect([texts('button').includes('弱化'), texts('button').includes('Quiet')]).toEqual([true, false]);
    cleanup();
    window.history.replaceState(null, '', '/gallery?lang=zh&theme=dark');
    render(<Gallery />);
    expect([document.documentElement.lang, document.documentElement.dataset.theme]).toEqual(['zh-CN', 'dark']);
  });
});
