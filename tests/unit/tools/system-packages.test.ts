import { expect, test } from 'vitest';
import { adviceAtOnce, adviceFor, ensureSystemPackages, type Machine, missingPackages } from '../../../tools/system-packages.ts';

const machine = (programs: readonly string[], isRoot = false): Machine => ({
  hasProgram: (name) => programs.includes(name),
  hasFile: () => true,
  isRoot,
});

test('misses nothing on a machine that has everything', async () => {
  expect(missingPackages(machine(['chromium', 'sipp', 'baresip', 'kamailio', 'rtpengine', 'espeak-ng', 'turnserver']))).toEqual([]);
  expect(
    await ensureSystemPackages(machine(['chromium', 'sipp', 'baresip', 'kamailio', 'rtpengine', 'espeak-ng', 'turnserver'])),
  ).toBeNull();
});

test('says word for word what to install where it may not install by itself', async () => {
  const advice = await ensureSystemPackages(machine(['chromium', 'kamailio', 'rtpengine', 'espeak-ng', 'turnserver', 'apt-get']));
  expect(advice).toContain('sudo apt-get install --no-install-recommends sip-tester baresip');
  expect(advice).toContain('sip-tester: a SIP caller that is not ours');
});

test('says it before anything else is begun, but not where it can install what is missing', () => {
  const programs = ['chromium', 'apt-get'];
  expect(adviceAtOnce(machine(programs))).toContain('sudo apt-get install');
  expect(adviceAtOnce(machine(programs, true))).toBeNull();
  expect(adviceAtOnce(machine(['chromium'], true))).toContain('sudo apt-get install');
});

test('asks for packages too where there is no apt-get at all', async () => {
  const empty = machine([], true);
  expect(await ensureSystemPackages(empty)).toBe(adviceFor(missingPackages(empty)));
});
