import { cleanup, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, describe, expect, it } from 'vitest';
import { OutcomeTree } from '../../../../renderer/features/wrap-up/index.ts';
import { TextProvider } from '../../../../renderer/i18n/index.ts';
import { createI18n } from '../../../support/both-languages.ts';
import { dispositions } from '../../../support/ui-stage/people.ts';

afterEach(cleanup);

function open() {
  const chosen: string[] = [];
  render(
    <TextProvider i18n={createI18n('en')} language="en">
      <OutcomeTree all={dispositions} chosen={null} onChoose={(code) => chosen.push(code)} />
    </TextProvider>,
  );
  const tree = screen.getByRole('tree');
  tree.focus();
  return { chosen, tree, user: userEvent.setup({ delay: null }) };
}

const atHand = (tree: HTMLElement) => tree.getAttribute('aria-activedescendant');

describe('typing an outcome', () => {
  it('shows what was typed, goes to where it is in any column, and Enter chooses it', async () => {
    const { chosen, tree, user } = open();
    await user.keyboard('in full');
    expect(screen.getByRole('status').textContent).toBe('“in full”');
    expect(atHand(tree)).toBe('outcome-credit-full');
    await user.keyboard('{Enter}');
    expect(chosen).toEqual(['credit-full']);
    expect(screen.queryByRole('status')).toBeNull();
  });

  it('says when nothing has it, and takes letters back', async () => {
    const { tree, user } = open();
    await user.keyboard('roax');
    expect(screen.getByRole('status').textContent).toBe('No outcome has “roax”');
    await user.keyboard('{Backspace}');
    expect(screen.getByRole('status').textContent).toBe('“roa”');
    expect(atHand(tree)).toBe('outcome-roaming');
    await user.keyboard('{Escape}');
    expect(screen.queryByRole('status')).toBeNull();
    await user.keyboard('1');
    expect(atHand(tree)).not.toBe('outcome-roaming');
  });
});
