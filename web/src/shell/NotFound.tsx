import { Link } from 'react-router'
import { t } from '../texts'
import { buttonClass } from '../ui/Button'
import { Mark } from '../ui/Empty'
import { usePageTitle } from '../ui/usePageTitle'
import { Frame } from './Frame'

/** Shows that an address has no page. */
export default function NotFound() {
  usePageTitle(t.notFound.title)
  return (
    <Frame centre>
      <Mark icon="unlink" />
      <div className="stack stack--tight">
        <h1>{t.notFound.title}</h1>
        <p className="soft">{t.notFound.text}</p>
      </div>
      <Link className={buttonClass('primary', 'large', true)} to="/">
        {t.room.toRooms}
      </Link>
    </Frame>
  )
}
