import type { TypedDocumentNode } from '@urql/core'
import { useCallback } from 'react'
import { type AnyVariables, useMutation } from 'urql'
import { useVoice } from '../ui/Announcer'
import { answered } from './fresh'
import type { ProblemPartsFragment } from './generated/graphql'
import { unexpected } from './problem'

type Root<D> = D extends object ? NonNullable<D[Exclude<keyof D, '__typename'>]> : never
type Success<D> = Exclude<Root<D>, { __typename?: 'Problem' }>
type Refusal<D> = Extract<Root<D>, { __typename?: 'Problem' }>

/** The outcome of a mutation: its success, a Problem, or a sentence about an error. */
export type Outcome<D> = { answer: Success<D> } | { problem: Refusal<D> & ProblemPartsFragment } | { fault: string }

/** Returns a function that runs a mutation of one root field, and whether it runs now. */
export function useRun<D, V extends AnyVariables>(document: TypedDocumentNode<D, V>) {
  const [{ fetching }, execute] = useMutation(document)
  const run = useCallback(
    async (variables: V): Promise<Outcome<D>> => {
      const result = await execute(variables)
      const data: object | null | undefined = answered(result) as object | null | undefined
      const entry = data && Object.entries(data).find(([key]) => key !== '__typename')
      const root = entry?.[1] as (Root<D> & { __typename?: string }) | undefined
      if (!root) return { fault: unexpected(result.error) }
      if (root.__typename === 'Problem') return { problem: root as unknown as Refusal<D> & ProblemPartsFragment }
      return { answer: root as unknown as Success<D> }
    },
    [execute],
  )
  return [run, fetching] as const
}

/** Does the same for an action without a form: a toast shows a failure. The function returns the success, or null. */
export function useDo<D, V extends AnyVariables>(document: TypedDocumentNode<D, V>) {
  const [run, busy] = useRun(document)
  const { toast } = useVoice()
  const act = useCallback(
    async (variables: V): Promise<Success<D> | null> => {
      const outcome = await run(variables)
      if ('answer' in outcome) return outcome.answer
      toast({ text: 'problem' in outcome ? outcome.problem.message : outcome.fault, failed: true })
      return null
    },
    [run, toast],
  )
  return [act, busy] as const
}
