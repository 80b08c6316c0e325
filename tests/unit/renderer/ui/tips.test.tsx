import { act, cleanup, fireEvent, render, screen } from '@testing-library/react';
import { Mic, Settings2 } from 'lucide-react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Button, CallControl, IconButton, Menu, MenuItem, Tips, tipOf } from '../../../../renderer/ui/index.ts';

const nothing = () => undefined;
/** The words of the tip on the screen, its key included; null where none is shown. */
const tip = () => document.querySelector('.tip')?.textContent ?? null;
const pass = (ms: number) => act(() => vi.advanceTimersByTime(ms));
let x = 0;
/** The pointer comes to it, from somewhere else. */
const point = (at: Element) => fireEvent.pointerMove(at, { clientX: (x += 1), clientY: 5, pointerType: 'mouse' });
const tabTo = (at: HTMLElement) => {
  fireEvent.keyDown(document.activeElement ?? document.body, { key: 'Tab' });
  act(() => at.focus());
};
const button = (name: string) => screen.getByRole('button', { name });

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
  render(
    <>
      <p>Nothing to tell</p>
      <IconButton icon={Settings2} label="Settings" shortcut="Ctrl+," />
      <IconButton icon={Settings2} label="Plain" />
      <Button shortcut="Ctrl+Enter">Send</Button>
      <CallControl icon={Mic} action={{ id: 'call.mute', label: 'Mute', shortcut: 'F3', isEnabled: false, perform: nothing }} />
      <button type="button" {...tipOf('Line', 'Alt+Q', 'jitter 4 ms')}>
        Good line
      </button>
      <textarea aria-label="Notes" aria-keyshortcuts="Alt+N" />
      <Tips />
    </>,
  );
});

afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

describe('the tip of a control', () => {
  it('comes when the pointer rests on it, with its name and its key, and goes when the pointer has gone', () => {
    point(button('Settings'));
    pass(400);
    expect(tip()).toBeNull();
    pass(200);
    expect(tip()).toBe('SettingsCtrl ,');
    point(screen.getByText('Nothing to tell'));
    pass(400);
    expect(tip()).toBeNull();
  });

  it('comes when the keyboard has come to it by Tab, and stays while it is there', () => {
    tabTo(button('Send'));
    pass(600);
    expect(tip()).toBe('SendCtrl ↵');
    point(screen.getByText('Nothing to tell'));
    pass(60_000);
    expect(tip()).toBe('SendCtrl ↵');
    act(() => button('Send').blur());
    expect(tip()).toBeNull();
  });

  it('does not come where the screen moves the keyboard by itself', () => {
    fireEvent.keyDown(document.body, { key: 'k', ctrlKey: true });
    act(() => button('Send').focus());
    pass(5_000);
    expect(tip()).toBeNull();
  });

  it('stays while the pointer is on the tip itself', () => {
    point(button('Settings'));
    pass(600);
    point(document.querySelector('.tip') as Element);
    pass(60_000);
    expect(tip()).toBe('SettingsCtrl ,');
  });

  it('is taken away by Esc, which does nothing else and does not bring it back; without a tip Esc has its own meaning', () => {
    const heard = vi.fn();
    document.addEventListener('keydown', heard);
    point(button('Settings'));
    pass(600);
    fireEvent.keyDown(document.body, { key: 'Escape' });
    expect(tip()).toBeNull();
    point(button('Settings'));
    pass(5_000);
    expect([tip(), heard.mock.calls.length]).toEqual([null, 0]);
    fireEvent.keyDown(document.body, { key: 'Escape' });
    expect(heard).toHaveBeenCalledOnce();
    document.removeEventListener('keydown', heard);
  });

  it('goes when the control is pressed, and comes at once on the next one after another tip', () => {
    point(button('Settings'));
    pass(600);
    point(button('Plain'));
    pass(1);
    expect(tip()).toBe('Plain');
    fireEvent.pointerDown(button('Plain'));
    expect(tip()).toBeNull();
    point(button('Plain'));
    pass(5_000);
    expect(tip()).toBeNull();
  });

  it('comes for a control that is switched off, and says more where there is more to say', () => {
    point(button('Mute'));
    pass(600);
    expect(tip()).toBe('MuteF3');
    point(button('Good line'));
    pass(1);
    expect(tip()).toBe('LineAlt Qjitter 4 ms');
  });

  it('never covers what one writes in, and is not there for fingers', () => {
    point(screen.getByRole('textbox'));
    fireEvent.pointerMove(button('Settings'), { clientX: 900, clientY: 5, pointerType: 'touch' });
    pass(5_000);
    expect(tip()).toBeNull();
  });

  it('leaves the name of the control as it is, and nothing in the document until it is shown', () => {
    expect(document.querySelector('.tip-place')).toBeNull();
    expect(button('Settings').getAttribute('aria-keyshortcuts')).toBe('Control+,');
    expect(button('Settings').title).toBe('');
  });
});

describe('a menu whose entries have digits', () => {
  it('chooses by the digit, and not what is switched off', async () => {
    cleanup();
    vi.useRealTimers();
    const chosen: string[] = [];
    render(
      <Menu trigger={<button type="button">Open</button>}>
        <MenuItem label="Break" shortcut="1" onChoose={() => chosen.push('break')} />
        <MenuItem label="Meal" shortcut="2" isOff onChoose={() => chosen.push('meal')} />
      </Menu>,
    );
    fireEvent.click(button('Open'));
    const menu = await screen.findByRole('menu');
    expect(menu.textContent).toBe('Break1Meal2');
    fireEvent.keyDown(menu, { key: '2' });
    fireEvent.keyDown(menu, { key: '1', altKey: true });
    expect(chosen).toEqual([]);
    fireEvent.keyDown(menu, { key: '1' });
    expect(chosen).toEqual(['break']);
  });
});
