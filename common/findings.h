/*
 * findings: the header of the records that say which checks failed; validate and aggregate write them
 * (xxgk-records(5)).
 */
#ifndef FINDINGS_H
#define FINDINGS_H

#define FINDINGS_COLUMNS                                                                           \
	"region,body_kind,body,year,form,check,severity,indicator,column,left,right,delta,source,table,row,col,line,message,repair"

#endif
