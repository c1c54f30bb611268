import type { App } from '@slack/bolt';
import type { SlackContext } from '../context.ts';
import { compareAgain, comparePost, demosChosen, demosCompare, demosPage } from './actions/compare.ts';
import { forecastAgain, forecastPost } from './actions/forecast.ts';
import { demoLinkAsked, demoUnlinked } from './actions/link-demo.ts';
import { forecastRecordAsked } from './actions/record.ts';
import { anotherPart, scoreWhy } from './actions/score.ts';
import { similarAgain } from './actions/similar.ts';
import { demosCommand } from './commands/demos.ts';
import { forecastCommand } from './commands/forecast.ts';
import { similarCommand } from './commands/similar.ts';
import { UNKNOWN_COMMAND, unknownCommand } from './commands/unknown.ts';
import { fileDeleted } from './events/file-deleted.ts';
import { fileShared } from './events/file-shared.ts';
import { fileUnshared } from './events/file-unshared.ts';
import { directMessage, mentioned } from './events/spoken-to.ts';
import { songSearch } from './options/song-search.ts';
import { demoLinked } from './views/link-demo.ts';

/** Everything Slack may ask of the app: manifest.yml lists the same commands and events, and a test compares them. */
export function registerListeners(app: App, context: SlackContext): void {
  app.command('/forecast', forecastCommand(context));
  app.command('/similar', similarCommand(context));
  app.command('/demos', demosCommand(context));
  app.command(UNKNOWN_COMMAND, unknownCommand(context));
  app.action(/^forecast_(song|origin):\d+$/, forecastAgain(context));
  app.action('forecast_post', forecastPost(context));
  app.action('forecast_record', forecastRecordAsked(context));
  app.action(/^similar_song:\d+$/, similarAgain(context));
  app.action(/^score_part:\d+$/, anotherPart(context));
  app.action('score_why', scoreWhy(context));
  app.action(/^demos_page:(newer|older)$/, demosPage(context));
  app.action('demos_chosen', demosChosen);
  app.action('demos_compare', demosCompare(context));
  app.action('compare_post', comparePost(context));
  app.action('compare_again', compareAgain(context));
  app.action('demo_link', demoLinkAsked(context));
  app.action('demo_unlink', demoUnlinked(context));
  app.options('song_search', songSearch(context));
  app.view('demo_link', demoLinked(context));
  app.event('file_shared', fileShared(context));
  app.event('file_unshared', fileUnshared(context));
  app.event('file_deleted', fileDeleted(context));
  app.event('app_mention', mentioned(context));
  app.event('message', directMessage(context));
}
