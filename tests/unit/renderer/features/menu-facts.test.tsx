import { cleanup, render, screen } from '@testing-library/react';
import { afterEach, expect, it } from 'vitest';
import { labelOf, MenuFacts } from '../../../../renderer/features/offer/MenuFacts.tsx';
import { TextProvider } from '../../../../renderer/i18n/index.ts';
import { createI18n } from '../../../support/both-languages.ts';

afterEach(cleanup);

it('tells what the caller gave and what the menu found out, in the language of the desk or under the names that the flow gave it', () => {
  render(
    <TextProvider i18n={createI18n('zh')} language="zh">
      <MenuFacts pop={{ facts: { 'entered.customerNumber': '100042', 'lookUp.tier': '<b>gold</b>' } }} />
    </TextProvider>,
  );
  expect(screen.getAllByRole('term').map(({ textContent }) => textContent)).toEqual(['客户编号', 'tier']);
  expect(screen.getAllByRole('definition').map(({ textContent }) => textContent)).toEqual(['100042', '<b>gold</b>']);
});

it('says nothing where there is nothing', () => {
  const { container } = render(
    <TextProvider i18n={createI18n('en')} language="en">
      <MenuFacts pop={{}} />
    </TextProvider>,
  );
  expect(container.innerHTML).toBe('');
});

it.each([
  ['entered.pin', 'pin'],
  ['entered.customerNumber', 'Customer number'],
  ['attribute.orderId2B', 'order id2 b'],
  ['passed.客户', '客户'],
])('calls %s "%s"', (name, label) => {
  const i18n = createI18n('en');
  expect(labelOf({ t: (key, told) => i18n.t(key, told ?? {}) }, name)).toBe(label);
});
