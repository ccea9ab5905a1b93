"""ministack with a bus that takes events in the name of AWS services, which on AWS only the services themselves can put.

Test only: no emulator sends events of ECS or CloudTrail, so the tests put them.
"""

from ministack.app import main
from ministack.services import eventbridge

# The emulator's own services pass allow_aws_source; here everybody does.
eventbridge._put_events.__defaults__ = (True,)

main()
