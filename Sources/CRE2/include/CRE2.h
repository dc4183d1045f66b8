#ifndef PLUMB_CRE2_H
#define PLUMB_CRE2_H
#endif
