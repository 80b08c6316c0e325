import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type PageSource, PageViewer, type PageViewerWords } from '../../../../renderer/ui/index.ts';

const words: PageViewerWords = {
  ...{ name: 'Fax from Meridian', pages: 'Pages', previous: 'Previous page', next: 'Next page', zoomIn: 'Larger', zoomOut: 'Smaller' },
  ...{ fitWidth: 'Fit the width', rotate: 'Turn', save: 'Save the file', find: 'Find', notFound: 'Not found', broken: 'Cannot be shown' },
  page: (number) => `Page ${number}`,
  pageOf: (number, count) => `Page ${number} of ${count}`,
};

function show(more: Partial<PageSource> = {}) {
  const asked: [number, number][] = [];
  const source: PageSource = {
    pages: [1, 2, 3].map(() => ({ width: 1000, height: 2000 })),
    draw: async (index, width) => {
      asked.push([index, width]);
      return new Blob([`page ${index}`]);
    },
    close() {},
    ...more,
  };
  const onSave = vi.fn();
  render(<PageViewer source={source} words={words} onSave={onSave} />);
  return { asked, onSave, sheets: () => screen.getByRole('region', { name: 'Fax from Meridian' }) };
}

const held = new Set<string>();
beforeEach(() => {
  let made = 0;
  URL.createObjectURL = () => {
    const url = `blob:page-${made++}`;
    held.add(url);
    return url;
  };
  URL.revokeObjectURL = (url) => held.delete(url);
  // As in browsers, where it answers with a promise.
  Element.prototype.scrollIntoView = () => Promise.resolve();
});
afterEach(() => {
  cleanup();
  expect([...held]).toEqual([]);
});

/** The room that a page has, before and after it is turned. */
const roomOf = async (number: number) => {
  const { parentElement } = await screen.findByAltText(`Page ${number}`);
  return [parentElement?.style.width, parentElement?.style.height];
};

describe('the pages of a document', () => {
  it('have their room before they are drawn, and say which one is looked at', async () => {
    const { sheets } = show({ draw: () => new Promise(() => {}) });
    const sheet = sheets().querySelector<HTMLElement>('.page-picture');
    expect([sheet?.style.width, sheet?.style.height]).toEqual(['720px', '1440px']);
    expect(screen.getByText('Page 1 of 3')).toBeTruthy();
  });

  it('are gone through, zoomed and turned by key alone', async () => {
    const { sheets } = show();
    await screen.findByAltText('Page 3');
    sheets().focus();
    await userEvent.keyboard('{PageDown}{PageDown}{PageDown}');
    expect(screen.getByText('Page 3 of 3')).toBeTruthy();
    await userEvent.keyboard('{PageUp}');
    expect(screen.getByText('Page 2 of 3')).toBeTruthy();
    await userEvent.keyboard('{Home}');
    expect(screen.getByText('Page 1 of 3')).toBeTruthy();
    await userEvent.keyboard('+');
    expect(await roomOf(1)).toEqual(['900px', '1800px']);
    await userEvent.keyboard('--');
    expect(await roomOf(1)).toEqual(['540px', '1080px']);
    await userEvent.keyboard('0r');
    // Turned, its longer side is as wide as there is room.
    expect(await roomOf(1)).toEqual(['720px', '360px']);
    expect((await screen.findByAltText('Page 1')).style.rotate).toBe('90deg');
  });

  it('leave keys of the browser and of whoever writes alone', async () => {
    const { sheets } = show({ find: async () => [] });
    sheets().focus();
    await userEvent.keyboard('{Control>}r{/Control}');
    await userEvent.type(screen.getByRole('searchbox', { name: 'Find' }), 'r-+0');
    expect(await roomOf(1)).toEqual(['720px', '1440px']);
    expect((screen.getByRole('searchbox', { name: 'Find' }) as HTMLInputElement).value).toBe('r-+0');
  });

  it('are drawn in few widths, sharper where they are looked at closely', async () => {
    const { asked, sheets } = show();
    await screen.findByAltText('Page 1');
    sheets().focus();
    await userEvent.keyboard('+++');
    await waitFor(() => expect(asked.filter(([index]) => index === 0).map(([, width]) => width)).toEqual([200, 960, 1440]));
  });

  it('say of one that cannot be drawn that it cannot, and show the others', async () => {
    show({ draw: async (index) => (index === 1 ? null : new Blob(['x'])) });
    await screen.findByAltText('Page 3');
    expect(await screen.findByText('Cannot be shown')).toBeTruthy();
    expect(screen.queryByAltText('Page 2')).toBeNull();
  });

  it('are chosen in the list of pages', async () => {
    show();
    const third = screen.getByRole('button', { name: 'Page 3' });
    await userEvent.click(third);
    expect(third.getAttribute('aria-current')).toBe('page');
    expect(screen.getByText('Page 3 of 3')).toBeTruthy();
  });

  it('are searched where they have text, round and back, and it is said where there is nothing', async () => {
    show({ find: async (text) => (text === 'cancel' ? [0, 2] : []) });
    const field = screen.getByRole('searchbox', { name: 'Find' });
    await userEvent.type(field, 'cancel{Enter}');
    expect(await screen.findByText('Page 1 of 3')).toBeTruthy();
    fireEvent.keyDown(field, { key: 'Enter' });
    expect(await screen.findByText('Page 3 of 3')).toBeTruthy();
    fireEvent.keyDown(field, { key: 'Enter' });
    expect(await screen.findByText('Page 1 of 3')).toBeTruthy();
    fireEvent.keyDown(field, { key: 'Enter', shiftKey: true });
    expect(await screen.findByText('Page 3 of 3')).toBeTruthy();
    await userEvent.clear(field);
    await userEvent.type(field, 'nothing{Enter}');
    expect(await screen.findByText('Not found')).toBeTruthy();
  });

  it('are not searched where they are pictures, and the file is saved from here', async () => {
    const { onSave } = show();
    expect(screen.queryByRole('searchbox')).toBeNull();
    await userEvent.click(screen.getByRole('button', { name: 'Save the file' }));
    expect(onSave).toHaveBeenCalledOnce();
  });
});
