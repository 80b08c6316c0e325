import { act, cleanup, renderHook } from '@testing-library/react';
import type { ReactNode } from 'react';
import { afterEach, expect, it } from 'vitest';
import { useActions } from '../../../../renderer/app/use-actions.ts';
import { TextProvider } from '../../../../renderer/i18n/index.ts';
import { rightsOfRole } from '../../../../shared/contracts/rights.ts';
import { asId } from '../../../../shared/ids.ts';
import { createI18n } from '../../../support/both-languages.ts';
import { deskOnStage } from './stage.ts';

afterEach(cleanup);

it('draws whoever uses the actions anew when a name or what applies changes, and not with everything that happens', () => {
  const { desk, stores } = deskOnStage(Date.now());
  const nothing = () => undefined;
  const means = { desk, focus: nothing, chooseImportFile: nothing, setTheme: nothing, setLanguage: nothing };
  const i18n = createI18n('en');
  const wrapper = ({ children }: { readonly children: ReactNode }) => (
    <TextProvider i18n={i18n} language="en">
      {children}
    </TextProvider>
  );
  let drawn = 0;
  const hook = renderHook(
    () => {
      drawn++;
      return useActions(means);
    },
    { wrapper },
  );
  const before = hook.result.current;
  act(() => stores.connection.setState({ roundTripMs: 12 }));
  act(() => stores.inbox.setState({ typing: {} }));
  expect(hook.result.current).toBe(before);
  expect(drawn).toBe(1);

  const dark = before.byId['call.answer'];
  act(() =>
    stores.desk.setState({
      user: { userId: asId('sun'), name: 'Sun', role: 'supervisor', locale: 'en', rights: [...rightsOfRole.supervisor] },
    }),
  );
  expect(hook.result.current).not.toBe(before);
  expect(hook.result.current.byId['call.answer']).toBe(dark);
});
