import { cleanup, render, screen } from '@testing-library/react';
import { afterEach, expect, it } from 'vitest';
import { labelOf, MenuFacts } from '../../../../renderer/features/offer/MenuFacts.tsx';

afterEach(cleanup);

it('tells what the caller gave and what the menu found out, under the names that the flow gave it', () => {
  render(<MenuFacts pop={{ facts: { 'entered.customerNumber': '100042', 'lookUp.tier': '<b>gold</b>' } }} />);
  expect(screen.getAllByRole('term').map(({ textContent }) => textContent)).toEqual(['customer number', 'tier']);
  expect(screen.getAllByRole('definition').map(({ textContent }) => textContent)).toEqual(['100042', '<b>gold</b>']);
});

it('says nothing where there is nothing', () => {
  const { container } = render(<MenuFacts pop={{}} />);
  expect(container.innerHTML).toBe('');
});

it.each([
  ['entered.pin', 'pin'],
  ['attribute.orderId2B', 'order id2 b'],
  ['passed.客户', '客户'],
])('calls %s "%s"', (name, label) => {
  expect(labelOf(name)).toBe(label);
});
