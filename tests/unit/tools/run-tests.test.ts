import { expect, test } from 'vitest';
import { kinds } from '../../../tools/run-tests.ts';
import config from '../../../vitest.config.ts';

test('every kind of test is run by npm test, once', () => {
  const projects = (config.test?.projects ?? []).map((project) =>
    typeof project === 'object' && 'test' in project ? project.test?.name : '',
  );
  expect(Object.values(kinds).flat().toSorted()).toEqual(projects.toSorted());
});
