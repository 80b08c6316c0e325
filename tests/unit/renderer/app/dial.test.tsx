import { cleanup, render, waitFor } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { useTelLinks } from '../../../../renderer/app/use-tel-links.ts';
import { TelLink } from '../../../../renderer/ui/index.ts';
import { deskOnStage } from './stage.ts';

afterEach(cleanup);

function Page({ dial }: { readonly dial: (number: string) => void }) {
  useTelLinks(dial);
  return (
    <>
      <TelLink number="+8613900004126" text="139 0000 4126" label="Call 139 0000 4126" />
      <a href="https://example.com/">elsewhere</a>
    </>
  );
}

describe('a number that is called', () => {
  it('rings the own phone first, which answers by itself', async () => {
    const stage = deskOnStage(Date.now());
    stage.desk.start();
    stage.bridge.answers['call:dial'] = () => ({ ok: true, value: { isDialled: true, interactionId: 'i-9', reservationId: 'r-9' } });
    stage.desk.dial(' +8613900004126 ');
    await waitFor(() => expect(stage.phone.deeds).toContain('rejoin r-9'));
    expect(stage.sent('call:dial')).toEqual([{ name: 'call:dial', request: { number: '+8613900004126' } }]);
    stage.desk.stop();
  });

  it('and is refused is said with the reason', async () => {
    const stage = deskOnStage(Date.now());
    stage.desk.start();
    stage.bridge.answers['call:dial'] = () => ({ ok: true, value: { isDialled: false, why: 'premium' } });
    stage.desk.dial('+449091234567');
    await waitFor(() =>
      expect(stage.stores.notices.getState()).toMatchObject([{ kind: 'notDialled', number: '+449091234567', why: 'premium' }]),
    );
    expect(stage.phone.deeds).not.toContain('rejoin r-9');
    stage.desk.stop();
  });

  it('is one click on it, wherever it stands; other links are left alone', () => {
    const dial = vi.fn();
    const page = render(<Page dial={dial} />);
    page.getByText('139 0000 4126').click();
    expect(dial.mock.calls).toEqual([['+8613900004126']]);
    const elsewhere = page.getByText('elsewhere');
    elsewhere.addEventListener('click', (event) => event.preventDefault());
    elsewhere.click();
    expect(dial).toHaveBeenCalledTimes(1);
  });
});
