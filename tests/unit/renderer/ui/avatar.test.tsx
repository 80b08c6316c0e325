import { render } from '@testing-library/react';
import { expect, it } from 'vitest';
import { Avatar } from '../../../../renderer/ui/index.ts';

it.each([
  ['Margaret Okafor', 'MO'],
  ['Ana Maria de Souza', 'AS'],
  ['Harbour & Vale Freight Ltd', 'HV'],
  ['Okafor Ltd', 'OL'],
  ['陈志远', '陈'],
  ['Northline', 'N'],
])('has of %s the letters %s', (name, letters) => {
  expect(render(<Avatar name={name} />).container.textContent).toBe(letters);
});
