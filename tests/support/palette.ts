import { screen, waitFor } from '@testing-library/react';
import type { UserEvent } from '@testing-library/user-event';

/** Opens the palette and types once its field has the keyboard, as whoever sees it open does. */
export async function typeIntoPalette(user: UserEvent, text: string): Promise<void> {
  await user.keyboard('{Control>}k{/Control}');
  const field = await screen.findByRole('combobox', { expanded: true });
  await waitFor(() => {
    if (document.activeElement !== field) throw new Error('the palette has no keyboard yet');
  });
  await user.keyboard(text);
}
