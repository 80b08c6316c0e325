import type { StoredLogIn } from '../../identity/index.ts';
import type { WriteHandle } from '../schema.ts';

export const logInWrites = {
  async saveLogIn(db: WriteHandle, { sessionId, tokenHash, userId, createdAt, seenAt }: StoredLogIn): Promise<void> {
    await db
      .insertInto('user_session')
      .values({ session_id: sessionId, token_hash: tokenHash, user_id: userId, created_at: createdAt, seen_at: seenAt })
      .onConflict((conflict) => conflict.column('session_id').doUpdateSet({ seen_at: seenAt }))
      .execute();
  },

  async logInSeen(db: WriteHandle, sessionId: string, at: number): Promise<void> {
    await db.updateTable('user_session').set({ seen_at: at }).where('session_id', '=', sessionId).execute();
  },

  async forgetLogIn(db: WriteHandle, sessionId: string): Promise<void> {
    await db.deleteFrom('user_session').where('session_id', '=', sessionId).execute();
  },
};
