import { describe, expect, it } from 'vitest';
import { outsideRinger } from '../../../../renderer/app/outside-ringer.ts';

describe('the ring of the program, from the page', () => {
  function ringer() {
    const asked: string[] = [];
    const made = outsideRinger({
      call: ((name: string, request: object) => void asked.push(`${name} ${JSON.stringify(request)}`)) as never,
    });
    return { asked, made };
  }

  it('sounds through the device and as loud as was chosen for ringing', () => {
    const { asked, made } = ringer();
    made.use({ ringer: 'd1', ringerVolume: 0.4 });
    made.use({ ringer: '', ringerVolume: 1 });
    expect(asked).toEqual(['ring:through {"deviceId":"d1","volume":0.4}', 'ring:through {"deviceId":"","volume":1}']);
  });

  it('is not begun from the page, which may hang, and is ended by Answer', () => {
    const { asked, made } = ringer();
    made.start();
    expect(asked).toEqual([]);
    made.stop();
    expect(asked).toEqual(['ring:stop {}']);
  });
});
