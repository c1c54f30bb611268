import { openScoreModel } from '../score/session.ts';
import type { Text } from '../text/catalogue.ts';
import type { Finding } from './examine.ts';

/**
 * Opens the model as scoring does, weights included.
 * @throws UserError `model-missing`, `model-broken`
 */
export async function lookAtModel(text: Text, card?: string): Promise<Finding[]> {
  const { id, demonstration } = (await openScoreModel(card)).card;
  return [{ part: 'model', state: demonstration ? 'notice' : 'ok', found: id, ...(demonstration ? { todo: text.t('doctor.model-demonstration') } : {}) }];
}
