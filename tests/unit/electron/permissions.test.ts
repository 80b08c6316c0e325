import { describe, expect, test } from 'vitest';
import { decidePermission, grantPermissions, type PermissionWish } from '../../../electron/security/index.ts';

const ours = 'app://crosspoint/index.html';

describe('what a page is granted', () => {
  const table: readonly (readonly [string, PermissionWish, boolean])[] = [
    ['the microphone to our page', { permission: 'media', origin: ours, media: ['audio'] }, true],
    ['notifications to our page', { permission: 'notifications', origin: 'app://crosspoint/', media: [] }, true],
    ...['local-network', 'local-network-access', 'loopback-network'].map(
      (permission) => [`${permission} to our page, to reach the bridge`, { permission, origin: ours, media: [] }, true] as const,
    ),
    ['no loopback to another site', { permission: 'loopback-network', origin: 'https://example.com/', media: [] }, false],
    ['no camera', { permission: 'media', origin: ours, media: ['video'] }, false],
    ['no camera beside the microphone', { permission: 'media', origin: ours, media: ['audio', 'video'] }, false],
    ['no capture of an unnamed kind', { permission: 'media', origin: ours, media: [] }, false],
    ['no microphone to another site', { permission: 'media', origin: 'https://example.com/', media: ['audio'] }, false],
    ['no notifications to another site', { permission: 'notifications', origin: 'https://example.com/', media: [] }, false],
    ['nothing to another host of our scheme', { permission: 'notifications', origin: 'app://crosspoint.example/', media: [] }, false],
    ...[
      'geolocation',
      'midi',
      'clipboard-read',
      'display-capture',
      'fullscreen',
      'openExternal',
      'hid',
      'serial',
      'usb',
      'fileSystem',
      'unknown',
    ].map((permission) => [`no ${permission}`, { permission, origin: ours, media: [] }, false] as const),
  ];
  test.each(table)('%s', (_, wish, expected) => {
    expect(decidePermission(wish)).toBe(expected);
  });

  test('holds for asking, for checking and for devices', () => {
    const handlers: Record<string, (...args: unknown[]) => unknown> = {};
    const keep = (name: string) => (handler: unknown) => void (handlers[name] = handler as (...args: unknown[]) => unknown);
    grantPermissions({
      setPermissionRequestHandler: keep('request'),
      setPermissionCheckHandler: keep('check'),
      setDevicePermissionHandler: keep('device'),
    });
    const answers: boolean[] = [];
    const ask = (mediaTypes: string[], requestingUrl: string) =>
      handlers.request?.(null, 'media', (granted: boolean) => answers.push(granted), { mediaTypes, requestingUrl });
    ask(['audio'], ours);
    ask(['video'], ours);
    ask(['audio'], 'https://example.com/');
    expect(answers).toEqual([true, false, false]);
    expect(handlers.check?.(null, 'media', 'app://crosspoint/', { mediaType: 'audio' })).toBe(true);
    expect(handlers.check?.(null, 'media', 'app://crosspoint/', {})).toBe(false);
    expect(handlers.device?.({ deviceType: 'usb' })).toBe(false);
  });
});
