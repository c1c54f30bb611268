import type { App } from '@slack/bolt';
import type { SlackContext } from '../context.ts';
import { forecastAgain, forecastPost } from './actions/forecast.ts';
import { forecastRecordAsked } from './actions/record.ts';
import { similarAgain } from './actions/similar.ts';
import { forecastCommand } from './commands/forecast.ts';
import { similarCommand } from './commands/similar.ts';
import { UNKNOWN_COMMAND, unknownCommand } from './commands/unknown.ts';
import { fileDeleted } from './events/file-deleted.ts';
import { fileShared } from './events/file-shared.ts';
import { directMessage, mentioned } from './events/spoken-to.ts';

/** Everything Slack may ask of the app: manifest.yml lists the same commands and events, and a test compares them. */
export function registerListeners(app: App, context: SlackContext): void {
  app.command('/forecast', forecastCommand(context));
  app.command('/similar', similarCommand(context));
  app.command(UNKNOWN_COMMAND, unknownCommand(context));
  app.action(/^forecast_(song|origin):\d+$/, forecastAgain(context));
  app.action('forecast_post', forecastPost(context));
  app.action('forecast_record', forecastRecordAsked(context));
  app.action(/^similar_song:\d+$/, similarAgain(context));
  app.event('file_shared', fileShared(context));
  app.event('file_deleted', fileDeleted(context));
  app.event('app_mention', mentioned(context));
  app.event('message', directMessage(context));
}
