import { render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { useState } from 'react'
import { expect, it, vi } from 'vitest'
import { t } from '../texts'
import { Announcer, useVoice } from './Announcer'
import { Dialog, useUnsaved } from './Dialog'

function Form({ onClose }: { onClose: () => void }) {
  const [name, setName] = useState('Garden')
  const { toast } = useVoice()
  return (
    <Dialog title="Edit" onSubmit={() => toast({ text: 'Saved' })} unsaved={useUnsaved({ name })} fault="The server cannot be reached" onClose={onClose} foot={<button>Save</button>}>
      <input aria-label="Name" value={name} onChange={(event) => setName(event.target.value)} />
    </Dialog>
  )
}

it('asks before Escape loses what was typed, and not once it is as before', async () => {
  const close = vi.fn()
  render(<Form onClose={close} />)
  await userEvent.type(screen.getByLabelText('Name'), 's')
  await userEvent.keyboard('{Escape}')
  expect(screen.getByText(t.discardTyped)).toBeTruthy()
  expect(close).not.toHaveBeenCalled()
  await userEvent.click(screen.getByRole('button', { name: t.keepTyping }))
  expect(screen.getByLabelText<HTMLInputElement>('Name').value).toBe('Gardens')
  await userEvent.type(screen.getByLabelText('Name'), '{Backspace}')
  await userEvent.keyboard('{Escape}')
  expect(close).toHaveBeenCalledOnce()
})

it('shows a fault above the form, and toasts in its own layer', async () => {
  render(
    <Announcer>
      <Form onClose={() => {}} />
    </Announcer>,
  )
  expect(screen.getByRole('alert').textContent).toContain('The server cannot be reached')
  await userEvent.click(screen.getByRole('button', { name: 'Save' }))
  expect(screen.getByText('Saved').closest('.layer')).toBeTruthy()
  expect(screen.getAllByText('Saved')).toHaveLength(1)
})
