import { useRoute } from '../router.tsx'
import { ContactList } from './ContactList.tsx'
import { ContactPage } from './ContactPage.tsx'

export default function Contacts() {
  const id = useRoute().segments[1]
  return id ? <ContactPage key={id} id={id} /> : <ContactList />
}
