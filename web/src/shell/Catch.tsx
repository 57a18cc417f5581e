import { Component, type ReactNode } from 'react'

interface CatchProps {
  /** Tries again when it changes. */
  at?: string
  /** Draws what is shown instead of the children after an error. `again` tries them again. */
  instead: (error: unknown, again: () => void) => ReactNode
  children: ReactNode
}

interface CatchState {
  failed: { error: unknown } | null
  at: string | undefined
}

/** Shows something else where something below it throws. The rest of the page keeps working. */
export class Catch extends Component<CatchProps, CatchState> {
  override state: CatchState = { failed: null, at: this.props.at }

  static getDerivedStateFromError(error: unknown): Partial<CatchState> {
    return { failed: { error } }
  }

  static getDerivedStateFromProps({ at }: CatchProps, state: CatchState): Partial<CatchState> | null {
    return at === state.at ? null : { failed: null, at }
  }

  override render() {
    const { failed } = this.state
    return failed ? this.props.instead(failed.error, () => this.setState({ failed: null })) : this.props.children
  }
}
