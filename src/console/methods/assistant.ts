import { z } from 'zod';
import { json, readArguments } from '../arguments.ts';
import { findChannel } from '../workspace.ts';
import type { Method } from './method.ts';

const setSuggestedPrompts: Method = ({ workspace }, given) => {
  const { title = '', prompts } = readArguments(z.object({ channel_id: z.string(), title: z.string().optional(), prompts: json(z.array(z.object({ title: z.string(), message: z.string() })).min(1).max(4)) }), given);
  workspace.prompts = { title, prompts };
  workspace.change({ type: 'prompts', prompts: workspace.prompts });
  return {};
};

const setStatus: Method = ({ workspace }, given) => {
  const { channel_id, thread_ts, status } = readArguments(z.object({ channel_id: z.string(), thread_ts: z.string(), status: z.string() }), given);
  workspace.change({ type: 'status', channel: findChannel(workspace, channel_id).id, thread_ts, status });
  return {};
};

export const assistantMethods = { 'assistant.threads.setSuggestedPrompts': setSuggestedPrompts, 'assistant.threads.setStatus': setStatus, 'assistant.threads.setTitle': (() => ({})) as Method };
